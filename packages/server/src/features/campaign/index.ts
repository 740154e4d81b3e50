import type { Feature } from '../../platform/feature.ts'
import { routes } from './routes.ts'

export { type CampaignChange, changeInside } from './change-inside.ts'
export { createCampaign } from './create-campaign.ts'
export { moveCampaign, moveInside } from './move-campaign.ts'
export {
  type CampaignRow,
  listAskingAbout,
  listAskingAboutRollouts,
  listCampaigns,
  listPublished,
  lockCampaign,
  readCampaign,
  readTerms,
  titlesOf,
} from './store.ts'

export const campaign: Feature = {
  name: 'campaign',
  permissions: {
    'campaign.create': ['manager', 'system'],
    'campaign.change': ['manager', 'system'],
    'campaign.publish': ['manager', 'system'],
    'campaign.pause': ['manager'],
    'campaign.resume': ['manager'],
    'campaign.close': ['manager'],
    'campaign.read': ['manager', 'reviewer', 'auditor'],
  },
  routes,
}
