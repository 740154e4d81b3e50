-- Double entry, append only: an account is a name, its balance the sum of its postings. Accounts are named as in
-- core/pay: external is the world outside, payout what a worker asked for until the bank has answered.
create table account (
  workspace_id uuid not null references workspace,
  id uuid not null,
  kind text not null check (kind in ('external', 'funds', 'escrow', 'pending', 'balance', 'payout')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  campaign_id uuid,
  worker_id uuid references worker,
  primary key (workspace_id, id),
  unique nulls not distinct (workspace_id, kind, currency, campaign_id, worker_id)
);
call protect('account', 'select, insert');
call show_to_worker('account');
-- Whoever posts to an account holds its row meanwhile, which takes the right to update; no update ever passes.
grant update (id) on account to chiron_app;
create policy never_changes on account as restrictive for update using (true) with check (false);
create table entry (
  workspace_id uuid not null references workspace,
  id uuid not null,
  -- Says what this entry is for, once and for ever: a retried job posts nothing twice.
  purpose_key text not null,
  kind text not null,
  campaign_id uuid,
  submission_id uuid,
  reference text,
  -- The record that this entry was posted with.
  record_id uuid not null,
  at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, purpose_key)
);
create index entry_by_campaign on entry (workspace_id, campaign_id, id);
call protect('entry', 'select, insert');
create table posting (
  workspace_id uuid not null references workspace,
  entry_id uuid not null,
  account_id uuid not null,
  worker_id uuid,
  amount_minor bigint not null check (amount_minor <> 0),
  currency text not null,
  -- The posting's place in its account, counted from 1 without gaps, and what the account holds after it: a balance
  -- is read from the last one, and whoever adds up the account finds the same.
  place bigint not null check (place > 0),
  balance_minor bigint not null,
  primary key (workspace_id, entry_id, account_id),
  unique (workspace_id, account_id, place),
  foreign key (workspace_id, entry_id) references entry,
  foreign key (workspace_id, account_id) references account
);
create index posting_by_worker on posting (worker_id, entry_id) where worker_id is not null;
call protect('posting', 'select, insert');
call show_to_worker('posting');
create policy own on entry for select
  using (exists (select from posting p where p.workspace_id = entry.workspace_id and p.entry_id = entry.id
    and p.worker_id = current_worker()));

create function entry_must_balance() returns trigger language plpgsql as $$
begin
  if exists (select from posting p where p.workspace_id = new.workspace_id and p.entry_id = new.entry_id
      group by p.currency having sum(p.amount_minor) <> 0) then
    raise exception 'postings of entry % do not sum to zero', new.entry_id using errcode = 'integrity_constraint_violation';
  end if;
  -- Only the world outside goes below zero, by what came in.
  if new.balance_minor < 0 and exists (select from account a where a.workspace_id = new.workspace_id
      and a.id = new.account_id and a.kind <> 'external') then
    raise exception 'entry % overdraws account %', new.entry_id, new.account_id using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
create constraint trigger entry_balances after insert on posting
  deferrable initially deferred for each row execute function entry_must_balance();

create table payout (
  workspace_id uuid not null references workspace,
  id uuid not null,
  worker_id uuid not null references worker,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  state text not null check (state in ('requested', 'paid', 'failed')),
  reference text,
  requested_at timestamptz not null,
  settled_at timestamptz,
  primary key (workspace_id, id)
);
call protect('payout', 'select, insert, update');
call show_to_worker('payout');
