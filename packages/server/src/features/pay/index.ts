import type { Feature } from '../../platform/feature.ts'
import { jobs, sweeps } from './jobs.ts'
import { routes } from './routes.ts'

export { changeCampaign } from './change-campaign.ts'
export { escrowOf } from './escrow.ts'
export { type Funding, fund } from './fund.ts'
export { campaignFaults, publishCampaign } from './publish-campaign.ts'
export { type CampaignMoney, campaignMoney } from './store.ts'

export const pay: Feature = {
  name: 'pay',
  permissions: {
    'pay.fund': ['manager', 'system'],
    'pay.read': ['manager', 'auditor'],
    'pay.hold': ['system'],
    'pay.accept': ['system'],
    'pay.void': ['system'],
    'pay.refund': ['system'],
    'payout.request': ['worker'],
    'payout.settle': ['manager'],
  },
  routes,
  jobs,
  sweeps,
  on: {
    'submission.submit': ['pay.settle'],
    'submission.decide': ['pay.settle'],
    'campaign.close': ['pay.refund'],
  },
}
