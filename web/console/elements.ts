/* elements.ts - the Element Plus parts the console uses, and no others (size). */
import {
  ElAlert, ElButton, ElCheckbox, ElCheckboxGroup, ElConfigProvider, ElDatePicker, ElDialog, ElDrawer,
  ElDropdown, ElDropdownItem, ElDropdownMenu, ElInput, ElOption, ElPopover, ElRadio, ElRadioGroup,
  ElSelect, ElSwitch, ElTabPane, ElTabs,
} from 'element-plus'
import 'element-plus/es/components/base/style/css'
import 'element-plus/es/components/alert/style/css'
import 'element-plus/es/components/button/style/css'
import 'element-plus/es/components/checkbox/style/css'
import 'element-plus/es/components/checkbox-group/style/css'
import 'element-plus/es/components/date-picker/style/css'
import 'element-plus/es/components/dialog/style/css'
import 'element-plus/es/components/drawer/style/css'
import 'element-plus/es/components/dropdown/style/css'
import 'element-plus/es/components/dropdown-item/style/css'
import 'element-plus/es/components/dropdown-menu/style/css'
import 'element-plus/es/components/input/style/css'
import 'element-plus/es/components/message/style/css'
import 'element-plus/es/components/message-box/style/css'
import 'element-plus/es/components/option/style/css'
import 'element-plus/es/components/popover/style/css'
import 'element-plus/es/components/radio/style/css'
import 'element-plus/es/components/radio-group/style/css'
import 'element-plus/es/components/select/style/css'
import 'element-plus/es/components/switch/style/css'
import 'element-plus/es/components/tab-pane/style/css'
import 'element-plus/es/components/tabs/style/css'
import './elements.css'
import type { Plugin } from 'vue'

const used = [
  ElAlert, ElButton, ElCheckbox, ElCheckboxGroup, ElConfigProvider, ElDatePicker, ElDialog, ElDrawer,
  ElDropdown, ElDropdownItem, ElDropdownMenu, ElInput, ElOption, ElPopover, ElRadio, ElRadioGroup,
  ElSelect, ElSwitch, ElTabPane, ElTabs,
]

export const elements: Plugin = {
  install(app) {
    for (const part of used) app.component(part.name as string, part)
  },
}
