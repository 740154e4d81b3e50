create table campaign (
  workspace_id uuid not null references workspace,
  id uuid not null,
  kind text not null,
  state text not null check (state in ('draft', 'published', 'paused', 'closed')),
  title jsonb not null,
  briefs jsonb not null,
  example_media_id uuid,
  terms_version int not null default 1,
  notice_version int not null default 1,
  quota int not null,
  per_worker_max int,
  lease_seconds int not null,
  config jsonb not null,
  flow jsonb not null,
  ontology_id uuid not null,
  ontology_version int not null,
  source_campaign_id uuid,
  created_at timestamptz not null,
  published_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, ontology_id, ontology_version) references ontology_version
);
create index campaign_by_source on campaign (workspace_id, source_campaign_id) where source_campaign_id is not null;
call protect('campaign', 'select, insert, update');
create policy joined on campaign for select
  using (workspace_id in (select e.workspace_id from enrolment e where e.worker_id = current_worker()));

-- Terms freeze (WR-8): each change is a new version; a lease keeps the version it was claimed under.
create table campaign_terms (
  workspace_id uuid not null references workspace,
  campaign_id uuid not null,
  version int not null,
  body jsonb not null,
  created_at timestamptz not null,
  primary key (workspace_id, campaign_id, version),
  foreign key (workspace_id, campaign_id) references campaign
);
call protect('campaign_terms', 'select, insert');
create policy joined on campaign_terms for select
  using (workspace_id in (select e.workspace_id from enrolment e where e.worker_id = current_worker()));
