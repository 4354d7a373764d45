-- Places orders, each with a key of its own, for one resident after another.
-- Extra arguments: a file with one bearer token a line, the name of the run (ten characters), the campaign, and its
-- items separated by commas.
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init(arguments)
  heads = {}
  for token in io.lines(arguments[1]) do
    heads[#heads + 1] = "POST " .. wrk.path .. " HTTP/1.1\r\nHost: " .. wrk.headers["Host"]
      .. "\r\nAuthorization: Bearer " .. token .. "\r\nContent-Type: application/json\r\nIdempotency-Key: "
      .. arguments[2] .. "-" .. number .. "-"
  end
  tails = {}
  for item in arguments[4]:gmatch("[^,]+") do
    local body = '{"campaign":"' .. arguments[3] .. '","lines":[{"item":"' .. item .. '","quantity":1}]}'
    tails[#tails + 1] = "\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
  end
  count = number * 131
end

function request()
  count = count + 1
  return heads[count % #heads + 1] .. (1000000000 + count) .. tails[count % #tails + 1]
end

-- One line that the benchmark reads. Times are in microseconds.
function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    "measured requests=%d microseconds=%d p50=%d p99=%d refused=%d broken=%d\n",
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
