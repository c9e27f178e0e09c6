import './app/withoutEval.ts'
import '#figures/tokens.css'
import './app/fonts.css'
import './app/base.css'
import { createApp } from 'vue'
import App from './App.vue'
import { createAppContext } from './app/createAppContext.ts'

const app = createApp(App, { context: createAppContext(window.ergoscope) })

app.config.errorHandler = (thrown) => {
  // A bug in a view: the console keeps it for the log of the main process, the window goes on.
  console.error(thrown)
}

app.mount('#app')
