/* main.ts - the citizen's door: texts and tokens first, then the page, then the phone's own store. */
import { createApp } from 'vue'
import '@shared/tokens.css'
import '@shared/base.css'
import './citizen.css'
import './more.css'
import { startElder } from '@shared/elder'
import App from './App.vue'
import { startRouter } from './router'
import { startTexts } from './texts'

startElder()
startRouter()
void startTexts().then(() => createApp(App).mount('#app'))

if (import.meta.env.PROD && 'serviceWorker' in navigator)
  window.addEventListener('load', () => {
    setTimeout(() => navigator.serviceWorker.register('/sw.js').catch(() => undefined), 4000)
  })
