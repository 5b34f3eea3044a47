import { defineConfig } from 'vite'
import { face } from '../tools/face.mjs'

export default defineConfig(face('citizen', '/'))
