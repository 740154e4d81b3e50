-- How far a campaign of comparisons is: how many pairs it has opened, and when what it asks was settled.
create table comparing (
  workspace_id uuid not null references workspace,
  campaign_id uuid not null,
  opened_count int not null default 0,
  settled_at timestamptz,
  primary key (workspace_id, campaign_id)
);
call protect('comparing', 'select, insert, update');
