-- The documented views. Created again whenever a file is opened by another version.
--
-- Most objects are tasks, and SQLite must know it: an index of kinds takes longer than the table. A left join with the
-- texts costs nothing if a query does not read them.

create view projects as
select o.id, o.title as name, f.title as folder, json_extract(r.json, '$.color') as color,
       json_extract(r.json, '$.viewMode') as view, coalesce(json_extract(r.json, '$.closed'), 0) as archived, o.sort
from object o left join raw r using (num) left join object f on f.kind = 'folder' and f.id = o.owner
where o.kind = 'project'
union all
select value, 'Inbox', null, null, null, 0, null from meta where key = 'inbox';

create view folders as
select o.id, o.title as name, o.sort from object o where o.kind = 'folder';

create view columns as
select o.id, o.title as name, p.name as project, o.owner as project_id, o.sort
from object o left join projects p on p.id = o.owner where o.kind = 'column';

create view tags as
select o.id as name, o.title as label, o.parent, json_extract(r.json, '$.color') as color, o.sort
from object o left join raw r using (num) where o.kind = 'tag';

create view filters as
select o.id, o.title as name, json_extract(r.json, '$.rule') as rule, o.sort
from object o left join raw r using (num) where o.kind = 'filter';

create view all_tasks as
select o.id, o.title, p.name as project, p.folder, c.title as "column", parent.title as parent, o.state,
       case o.form when 'NOTE' then 'note' else 'task' end as kind,
       case o.priority when 5 then 'high' when 3 then 'medium' when 1 then 'low' else 'none' end as priority,
       o.starts as start, o.ends as due, o.day as due_day, o.finished as completed,
       replace(o.tags, char(10), ' ') as tags, o.repeats as repeat, json_extract(r.json, '$.content') as content,
       o.owner as project_id, o.parent as parent_id, o.lane as column_id, o.sort, r.json,
       o.zone, coalesce(o.all_day, 0) as all_day, coalesce(o.pinned, 0) as pinned, o.items, o.items_done,
       datetime(o.modified_at / 1000, 'unixepoch') as modified_utc
from object o left join raw r using (num)
left join projects p on p.id = o.owner
left join object c on c.kind = 'column' and c.id = o.lane
left join object parent on parent.kind = 'task' and parent.id = o.parent
where likely(o.kind = 'task');

create view tasks as select * from all_tasks where state = 'open';

create view closed as select * from all_tasks where state <> 'open';

create view items as
select json_extract(item.value, '$.id') as id, json_extract(item.value, '$.title') as title, o.title as task,
       o.id as task_id, item.key as position, coalesce(json_extract(item.value, '$.status'), 0) <> 0 as done
from object o join raw r using (num), json_each(r.json, '$.items') item
where likely(o.kind = 'task');

create view task_tags as
select t.value as tag, o.title as task, o.id as task_id, o.state
from object o, json_each('["' || replace(replace(replace(o.tags, '\', '\\'), '"', '\"'), char(10), '","') || '"]') t
where o.tags is not null;

create view habits as
select o.id, o.title as name, s.title as section, o.state, json_extract(r.json, '$.goal') as goal,
       json_extract(r.json, '$.unit') as unit, json_extract(r.json, '$.repeatRule') as repeat, o.sort
from object o left join raw r using (num) left join object s on s.kind = 'section' and s.id = o.lane
where o.kind = 'habit';

create view checkins as
select o.day, h.title as habit, o.state, json_extract(r.json, '$.value') as value,
       json_extract(r.json, '$.goal') as goal, o.owner as habit_id
from object o left join raw r using (num) left join object h on h.kind = 'habit' and h.id = o.owner
where o.kind = 'checkin';

create view focus as
select o.id, o.starts as start, o.ends as "end", o.day, o.title as task, o.state,
       json_extract(r.json, '$.pauseDuration') as paused_seconds,
       round((julianday(o.ends) - julianday(o.starts)) * 1440 - coalesce(json_extract(r.json, '$.pauseDuration'), 0) / 60.0) as minutes,
       json_extract(r.json, '$.note') as note
from object o left join raw r using (num) where o.kind = 'focus';

create view countdowns as
select o.id, o.title as name, o.day, json_extract(r.json, '$.remark') as note
from object o left join raw r using (num) where o.kind = 'countdown';

create view comments as
select o.id, o.starts as at, t.title as task, o.title as text, o.owner as task_id
from object o left join object t on t.kind = 'task' and t.id = o.owner
where o.kind = 'comment';

create view writes as
select j.id as entry, j.command, j.operation, i.kind, i.id, i.action, i.outcome,
       datetime(j.at / 1000, 'unixepoch') as at_utc,
       coalesce(json_extract(i.after, '$.title'), json_extract(i.after, '$.name'),
                json_extract(i.before, '$.title'), json_extract(i.before, '$.name')) as title
from journal j left join journal_item i on i.entry = j.id;
