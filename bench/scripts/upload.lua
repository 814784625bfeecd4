-- 1 MB in every request.
wrk.method = "PUT"
wrk.body = string.rep("x", 1024 * 1024)
