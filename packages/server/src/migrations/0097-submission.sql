-- Points that people set in a recording go when the recording is erased.
grant update (answer) on submission to chiron_app;
