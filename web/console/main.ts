/* main.ts - the console's door. */
import { createApp, h } from 'vue'
import '@shared/tokens.css'

createApp({ render: () => h('main', '工作台') }).mount('#app')
