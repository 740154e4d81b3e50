-- Streams of rollouts and models of robots come in by the same uploads and lie in the same store.
alter table blob drop constraint blob_purpose_check;
alter table blob add constraint blob_purpose_check
  check (purpose in ('episode', 'poster', 'brief', 'release', 'rollout', 'embodiment'));
alter table upload drop constraint upload_purpose_check;
alter table upload add constraint upload_purpose_check
  check (purpose in ('episode', 'brief', 'rollout', 'embodiment'));
