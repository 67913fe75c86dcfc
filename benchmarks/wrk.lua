-- Requests for wrk, and its figures on one line. BENCH_TARGET is the target of each request; %N% in it becomes a number
-- that no other request has. BENCH_START makes the numbers of two runs differ. The requests name no content coding,
-- since the peers have none.
local target = os.getenv("BENCH_TARGET")
local number = tonumber(os.getenv("BENCH_START"))

function request()
  number = number + 1
  return wrk.format("GET", (target:gsub("%%N%%", tostring(number))))
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format("figures %d %d %d %d %d", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
