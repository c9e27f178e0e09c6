import { Flag } from '@lucide/vue'
import { mount } from '@vue/test-utils'
import { TooltipProvider } from 'reka-ui'
import { describe, expect, it, vi } from 'vitest'
import { h } from 'vue'
import IconButton from '../../../src-renderer/ui/IconButton.vue'

describe('IconButton', () => {
  it('hears the click that its user listens for, once', async () => {
    const onClick = vi.fn<() => void>()
    const wrapper = mount({
      render: () => h(TooltipProvider, null, () => h(IconButton, { icon: Flag, label: 'Baseline', onClick })),
    })
    await wrapper.find('button[aria-label="Baseline"]').trigger('click')
    expect(onClick).toHaveBeenCalledTimes(1)
  })
})
