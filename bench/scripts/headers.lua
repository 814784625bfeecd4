-- 20 headers in every request.
for i = 1, 19 do
  wrk.headers["X-Request-" .. i] = "value " .. i
end
