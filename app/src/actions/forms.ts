import type { Method } from 'tranche-client';
import type { VNode } from 'preact';
import { ClaimForm } from './claim.tsx';
import { FundForm, WithdrawForm } from './funds.tsx';
import { DefaultForm, ResumeForm, ReturnForm } from './lists.tsx';
import { ManageForm } from './manage.tsx';
import { PayoutsForm } from './payouts.tsx';
import type { FormProps } from './plan.ts';
import { ReasonForm } from './reasons.tsx';
import { RentForm } from './rent.tsx';
import { ReportForm } from './report.tsx';
import { RedirectForm, RotateForm } from './seats.tsx';
import { SplitForm } from './splits.tsx';
import { UpdateForm } from './update.tsx';

/** The form of each entry point. */
export const FORMS: Record<Method, (props: FormProps) => VNode> = {
  fund: FundForm,
  count_deposit: FundForm,
  withdraw: WithdrawForm,
  change_status: ReportForm,
  approve: PayoutsForm,
  release: PayoutsForm,
  confirm: PayoutsForm,
  reject: ReasonForm,
  dispute: ReasonForm,
  resume: ResumeForm,
  resolve: SplitForm,
  settle: SplitForm,
  resolve_by_default: DefaultForm,
  refund: ReturnForm,
  reclaim: ReturnForm,
  claim: ClaimForm,
  redirect: RedirectForm,
  rotate: RotateForm,
  update: UpdateForm,
  manage_milestones: ManageForm,
  extend_ttl: RentForm,
};
