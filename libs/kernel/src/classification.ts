/** Who may see a record beyond scope: RESTRICTED needs a permission of its own. State secrets never enter the system. */
export const CLASSIFICATIONS = ['PUBLIC', 'INTERNAL', 'RESTRICTED'] as const;
export type Classification = (typeof CLASSIFICATIONS)[number];

export const NO_SECRETS_NOTICE = 'Không đưa tài liệu mật vào hệ thống.';
