import { createBrowserRouter } from 'react-router';
import { Crash, Loading, NotFound } from '../common/states.js';
import { Shell } from './Shell.js';

/** One chunk per room; addresses are Vietnamese because officers send them to each other. */
export const router = createBrowserRouter([
  {
    path: '/',
    element: <Shell />,
    errorElement: <Crash />,
    hydrateFallbackElement: <Loading />,
    children: [
      { index: true, lazy: async () => ({ Component: (await import('../home/HomePage.js')).HomePage }) },
      { path: 'don-vi/:code?', lazy: async () => ({ Component: (await import('../units/UnitsPage.js')).UnitsPage }) },
      { path: 'so-vang', lazy: async () => ({ Component: (await import('../awards/RegisterPage.js')).RegisterPage }) },
      { path: 'so-vang/:id', lazy: async () => ({ Component: (await import('../awards/BatchPage.js')).BatchPage }) },
      {
        path: 'ghi-quyet-dinh',
        lazy: async () => ({ Component: (await import('../awards/RecordPage.js')).RecordPage }),
      },
      {
        path: 'phong-trao',
        lazy: async () => ({ Component: (await import('../campaigns/CampaignsPage.js')).CampaignsPage }),
      },
      {
        path: 'phong-trao/:id',
        lazy: async () => ({ Component: (await import('../campaigns/CampaignPage.js')).CampaignPage }),
      },
      { path: 'ket-qua', lazy: async () => ({ Component: (await import('../results/ResultsPage.js')).ResultsPage }) },
      {
        path: 'tong-hop',
        lazy: async () => ({ Component: (await import('../summaries/SummaryPage.js')).SummaryPage }),
      },
      {
        path: 'quan-tri/tai-khoan',
        lazy: async () => ({ Component: (await import('../accounts/AccountsPage.js')).AccountsPage }),
      },
      {
        path: 'quan-tri/quy-dinh',
        lazy: async () => ({ Component: (await import('../rulebook/RulebookPage.js')).RulebookPage }),
      },
      {
        path: 'khoi-thi-dua',
        lazy: async () => ({ Component: (await import('../blocs/BlocsPage.js')).BlocsPage }),
      },
      { path: 'khoi-thi-dua/:id', lazy: async () => ({ Component: (await import('../blocs/BlocPage.js')).BlocPage }) },
      {
        path: 'giao-uoc/:id',
        lazy: async () => ({ Component: (await import('../agreements/AgreementPage.js')).AgreementPage }),
      },
      {
        path: 'de-nghi',
        lazy: async () => ({ Component: (await import('../nominations/DossiersPage.js')).DossiersPage }),
      },
      {
        path: 'de-nghi/moi',
        lazy: async () => ({ Component: (await import('../nominations/NewDossierPage.js')).NewDossierPage }),
      },
      {
        path: 'de-nghi/:id',
        lazy: async () => ({ Component: (await import('../nominations/DossierPage.js')).DossierPage }),
      },
      {
        path: 'dang-ky-danh-hieu',
        lazy: async () => ({ Component: (await import('../nominations/RegistrationsPage.js')).RegistrationsPage }),
      },
      {
        path: 'hoi-dong',
        lazy: async () => ({ Component: (await import('../councils/CouncilsPage.js')).CouncilsPage }),
      },
      {
        path: 'hoi-dong/phien/:id',
        lazy: async () => ({ Component: (await import('../councils/SittingPage.js')).SittingPage }),
      },
      {
        path: 'quyet-dinh',
        lazy: async () => ({ Component: (await import('../commendations/CommendationsPage.js')).CommendationsPage }),
      },
      {
        path: 'quyet-dinh/moi',
        lazy: async () => ({ Component: (await import('../commendations/DraftPage.js')).DraftPage }),
      },
      {
        path: 'quyet-dinh/:id',
        lazy: async () => ({ Component: (await import('../commendations/CommendationPage.js')).CommendationPage }),
      },
      {
        path: 'quyet-dinh/:id/sua',
        lazy: async () => ({ Component: (await import('../commendations/DraftPage.js')).DraftPage }),
      },
      {
        path: 'doan-vien',
        lazy: async () => ({ Component: (await import('../people/PeoplePage.js')).PeoplePage }),
      },
      {
        path: 'doan-vien/:id',
        lazy: async () => ({ Component: (await import('../people/PersonPage.js')).PersonPage }),
      },
      {
        path: 'nhap-excel',
        lazy: async () => ({ Component: (await import('../imports/ImportsPage.js')).ImportsPage }),
      },
      {
        path: 'nhap-excel/:id',
        lazy: async () => ({ Component: (await import('../imports/ImportPage.js')).ImportPage }),
      },
      {
        path: 'sap-xep',
        lazy: async () => ({
          Component: (await import('../reorganisations/ReorganisationsPage.js')).ReorganisationsPage,
        }),
      },
      {
        path: 'sap-xep/moi',
        lazy: async () => ({ Component: (await import('../reorganisations/WizardPage.js')).WizardPage }),
      },
      {
        path: 'sap-xep/:id/sua',
        lazy: async () => ({ Component: (await import('../reorganisations/WizardPage.js')).WizardPage }),
      },
      {
        path: 'sap-xep/:id',
        lazy: async () => ({
          Component: (await import('../reorganisations/ReorganisationPage.js')).ReorganisationPage,
        }),
      },
      { path: '*', element: <NotFound /> },
    ],
  },
]);
