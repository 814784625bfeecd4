-- 10 KB of JSON in every request.
local items = {}
for i = 1, 128 do
  items[i] = string.format('{"id":%d,"name":"item number %d","tags":["first","second"],"on":true}', i, i)
end
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"items":[' .. table.concat(items, ",") .. "]}"
