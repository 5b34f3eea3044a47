/* picture.ts - a photo made small on the phone before it is sent. */
const SIDE_MAX = 1600
const QUALITY = 0.8

function drawn(file: File): Promise<HTMLImageElement> {
  return new Promise((done, fail) => {
    const image = new Image()
    image.onload = () => done(image)
    image.onerror = fail
    image.src = URL.createObjectURL(file)
  })
}

/* What is no picture, or cannot be drawn here, stays as it is. */
export async function smaller(file: File): Promise<Blob> {
  if (!file.type.startsWith('image/')) return file
  try {
    const image = await drawn(file)
    const by = Math.min(1, SIDE_MAX / Math.max(image.naturalWidth, image.naturalHeight))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(image.naturalWidth * by)
    canvas.height = Math.round(image.naturalHeight * by)
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    URL.revokeObjectURL(image.src)
    return await new Promise<Blob>(done => canvas.toBlob(b => done(b ?? file), 'image/jpeg', QUALITY))
  } catch { return file }
}
