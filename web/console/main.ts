/* main.ts - starts the console. */
import { createApp } from 'vue'
import '@shared/tokens.css'
import './theme.css'
import App from './App.vue'
import { router } from './router'
import { broughtHere } from '@shared/wechat/wechat'
import { startTexts } from './say'
import { watchLost } from './use/lost'

watchLost()
if (broughtHere()) location.hash = '#/account'          /* back from WeChat's page */
void startTexts().then(() => createApp(App).use(router).mount('#app'))
