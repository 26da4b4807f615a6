// Keep most results in Redis, and those of the reports in MariaDB.
import CeleryResults
import CeleryResultsMariaDB
import CeleryResultsRedis
import Foundation

let urls = ProcessInfo.processInfo.environment
let redis = try RedisCache(url: urls["REDIS_URL"] ?? "redis://127.0.0.1:6379/0")
let database = try DatabaseBackend(url: urls["DATABASE_URL"] ?? "mysql://celery:secret@127.0.0.1:3306/celery")

let backends = try ResultBackends(
  default: CacheBackend(redis),
  alternatives: ["database": database],
  rules: [.tasks("proj.reports.*", in: "database")]
)

for (id, name) in [("7e3c0c4e", "proj.mail.send"), ("91ab2", "proj.reports.monthly")] {
  try await backends.markAsDone(TaskID(id), result: ["rows": 42], request: TaskRequest(name: name))
  let result = backends.asyncResult(TaskID(id), as: [String: Int].self, taskName: name)
  print(name, try await result.get(timeout: .seconds(10)))
}
await redis.shutDown()
await database.shutDown()
