import { defineConfig } from 'vite'
import { face, shell } from '../tools/face.mjs'

export default defineConfig(face('carer', '/carer/', { plugins: [shell('carer', '/carer/')] }))
