-- Bytes at rest: every blob has a key of its own, wrapped by the server's secret; forgetting the key erases the blob.
create table blob (
  workspace_id uuid not null references workspace,
  id uuid not null,
  purpose text not null check (purpose in ('episode', 'poster', 'brief', 'release')),
  mime text not null,
  bytes bigint not null,
  sha256 text not null,
  key_wrapped text,
  created_at timestamptz not null,
  erased_at timestamptz,
  primary key (workspace_id, id)
);
call protect('blob', 'select, insert, update');
-- Pictures and clips of briefs are for everybody who could do the work.
create policy joined on blob for select using (purpose = 'brief'
  and workspace_id in (select e.workspace_id from enrolment e where e.worker_id = current_worker()));

-- A finished resumable upload that waits to be used by a submission, an import or a brief.
create table upload (
  workspace_id uuid not null references workspace,
  id text not null,
  worker_id uuid,
  member_id uuid,
  purpose text not null check (purpose in ('episode', 'brief')),
  blob_id uuid not null,
  bytes bigint not null,
  sha256 text not null,
  created_at timestamptz not null,
  used_at timestamptz,
  primary key (workspace_id, id)
);
create index upload_unused on upload (workspace_id, created_at) where used_at is null;
call protect('upload', 'select, insert, update, delete');
call show_to_worker('upload');
create policy joined on upload for select using (purpose = 'brief'
  and workspace_id in (select e.workspace_id from enrolment e where e.worker_id = current_worker()));

create table episode (
  workspace_id uuid not null references workspace,
  id uuid not null,
  campaign_id uuid not null,
  consent_id uuid not null,
  worker_id uuid references worker,
  task_id uuid,
  submission_id uuid,
  origin text not null check (origin in ('phone', 'import', 'simulated')),
  state text not null check (state in ('arrived', 'checked', 'refused', 'accepted', 'returned', 'rejected', 'frozen', 'erased')),
  blob_id uuid not null,
  poster_id uuid,
  bytes bigint not null,
  sha256 text not null,
  device jsonb not null default '{}',
  -- What the recording is judged by, as its campaign said when it arrived.
  limits jsonb not null,
  probe jsonb,
  signals jsonb not null default '[]',
  faults jsonb not null default '[]',
  duration_ms double precision,
  frame_count int,
  fps double precision,
  width int,
  height int,
  recorded_at timestamptz,
  created_at timestamptz not null,
  frozen_at timestamptz,
  verdict jsonb,
  primary key (workspace_id, id),
  foreign key (workspace_id, consent_id) references consent,
  foreign key (workspace_id, blob_id) references blob
);
create index episode_by_campaign on episode (workspace_id, campaign_id, id);
create index episode_by_consent on episode (workspace_id, consent_id);
create index episode_by_worker on episode (worker_id, id);
create index episode_arrived on episode (workspace_id, created_at) where state = 'arrived';
create index episode_frozen on episode (workspace_id, frozen_at) where state = 'frozen';
create unique index episode_by_submission on episode (workspace_id, submission_id) where submission_id is not null;
call protect('episode', 'select, insert, update');
call show_to_worker('episode');
