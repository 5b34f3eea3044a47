/* main.ts - the face's door. */
import { createApp, h } from 'vue'
import '@shared/tokens.css'

createApp({ render: () => h('main', '一刻') }).mount('#app')
