import { contextBridge } from 'electron'
import { createBridge } from './createBridge.ts'

contextBridge.exposeInMainWorld('ergoscope', createBridge())
