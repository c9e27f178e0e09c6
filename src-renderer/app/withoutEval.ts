import { z } from 'zod'

// Schemas of the contract come along with its constants; the policy of the page refuses the `new Function` by which zod would speed them up.
z.config({ jitless: true })
