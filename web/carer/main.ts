/* main.ts - the carer's door: always the large tokens, whatever the phone was used for before. */
import { createApp } from 'vue'
import '@shared/tokens.css'
import '@shared/base.css'
import './carer.css'
import App from './App.vue'
import { startSending } from './offline/deeds'
import { startTexts } from './texts'

document.documentElement.setAttribute('data-elder', '')
startSending()
if (import.meta.env.PROD && 'serviceWorker' in navigator)
  void navigator.serviceWorker.register('/carer/sw.js', { scope: '/carer/' }).catch(() => undefined)
void startTexts().then(() => createApp(App).mount('#app'))
