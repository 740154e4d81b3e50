-- What each rater said of how far robots came: without a rater, theirs is taken out of the means, too.
alter table comparison_rater add column left_progress double precision not null default 0;
alter table comparison_rater add column right_progress double precision not null default 0;
alter table comparison_rater add column progress_count int not null default 0;
-- Votes given before are counted by reading them once; the owner sees every tenant's only while security is not forced.
-- Votes on known pairs, which stand in the place of another, are in no count.
alter table comparison_rater no force row level security;
alter table submission no force row level security;
alter table task_pair no force row level security;
alter table lease no force row level security;
update comparison_rater r set left_progress = counted.left_progress, right_progress = counted.right_progress,
  progress_count = counted.progress_count
from (select p.workspace_id, p.suite_id, p.suite_version, p.world, s.worker_id, p.left_version_id, p.right_version_id,
    sum((s.answer->'progress'->>'left')::float8) as left_progress,
    sum((s.answer->'progress'->>'right')::float8) as right_progress, count(*)::int as progress_count
  from submission s join task_pair p on p.workspace_id = s.workspace_id and p.task_id = s.task_id
    join lease l on l.workspace_id = s.workspace_id and l.id = s.lease_id
  where s.kind = 'compare' and jsonb_typeof(s.answer->'progress') = 'object' and l.stands_for_task_id is null
  group by 1, 2, 3, 4, 5, 6, 7) counted
where r.workspace_id = counted.workspace_id and r.suite_id = counted.suite_id and r.suite_version = counted.suite_version
  and r.world = counted.world and r.worker_id = counted.worker_id and r.left_version_id = counted.left_version_id
  and r.right_version_id = counted.right_version_id;
alter table comparison_rater force row level security;
alter table submission force row level security;
alter table task_pair force row level security;
alter table lease force row level security;
