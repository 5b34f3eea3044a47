/* main.ts - starts the console. */
import { createApp } from 'vue'
import '@shared/tokens.css'
import './theme.css'
import App from './App.vue'
import { router } from './router'
import { startTexts } from './say'
import { watchLost } from './use/lost'

watchLost()
void startTexts().then(() => createApp(App).use(router).mount('#app'))
