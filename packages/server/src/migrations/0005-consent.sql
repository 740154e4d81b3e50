create table notice (
  workspace_id uuid not null references workspace,
  campaign_id uuid not null,
  version int not null,
  body jsonb not null,
  created_at timestamptz not null,
  primary key (workspace_id, campaign_id, version)
);
call protect('notice', 'select, insert');
create policy joined on notice for select
  using (workspace_id in (select e.workspace_id from enrolment e where e.worker_id = current_worker()));

-- One row a worker (or, for imported video, a member's statement of rights) and campaign purpose.
create table consent (
  workspace_id uuid not null references workspace,
  id uuid not null,
  campaign_id uuid not null,
  worker_id uuid references worker,
  basis text not null default 'consent' check (basis in ('consent', 'attested')),
  attested_by uuid,
  notice_version int not null,
  state text not null check (state in ('requested', 'given', 'refused', 'deferred', 'renewed', 'expired', 'revoked',
    'invalidated', 'withdrawn')),
  locale text not null,
  given_at timestamptz,
  ended_at timestamptz,
  expires_at timestamptz,
  receipt jsonb,
  receipt_hash text,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  check ((worker_id is null) = (basis = 'attested'))
);
-- Refused and ended ones stay as they are: asking again is a new row.
create unique index consent_once on consent (workspace_id, campaign_id, worker_id, notice_version)
  where worker_id is not null and state in ('requested', 'deferred', 'given', 'renewed');
create unique index consent_attested_once on consent (workspace_id, campaign_id, attested_by, notice_version)
  where worker_id is null and state in ('given', 'renewed');
create index consent_by_worker on consent (worker_id);
create index consent_expiring on consent (workspace_id, expires_at) where state in ('given', 'renewed');
call protect('consent', 'select, insert, update');
call show_to_worker('consent');
