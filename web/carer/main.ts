/* main.ts - the carer's door: always the large tokens, whatever the phone was used for before. */
import { createApp } from 'vue'
import '@shared/tokens.css'
import '@shared/base.css'
import './carer.css'
import App from './App.vue'
import { startQueue } from './queue'
import { startTexts } from './texts'

document.documentElement.setAttribute('data-elder', '')
void startQueue()
void startTexts().then(() => createApp(App).mount('#app'))
