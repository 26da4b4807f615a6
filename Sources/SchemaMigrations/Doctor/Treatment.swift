import Logging
import MariaDBClient
import ResultSchema

/// The statements of what is safe to mend, on the doctor's own connection and under the lock.
struct Treatment {
  private let handle: ConnectionHandle
  private let lock: MigrationLock
  private let doctor: Doctor
  private let tell: (String) -> Void
  private var report: DoctorReport
  private var tried: Set<Finding> = []

  init(
    _ handle: ConnectionHandle,
    _ lock: MigrationLock,
    _ doctor: Doctor,
    _ tell: @escaping (String) -> Void
  ) throws {
    self.handle = handle
    self.lock = lock
    self.doctor = doctor
    self.tell = tell
    report = DoctorReport(diagnosis: try doctor.diagnose(handle))
  }

  /// Mends one finding after the other, each time looking anew: what one statement mends may change the next.
  mutating func run() throws -> DoctorReport {
    while let finding = report.diagnosis.findings.first(where: { $0.isSafe && !tried.contains($0) }) {
      tried.insert(finding)
      try lock.check(handle)
      try mend(finding)
      report.diagnosis = try doctor.diagnose(handle)
    }
    return report
  }

  private mutating func mend(_ finding: Finding) throws {
    doctor.logger.debug("mending", metadata: ["finding": "\(finding.kind)", "place": "\(finding.place)"])
    do {
      var algorithms: [AlterAlgorithm?] = []
      let wait = TableWait(timeout: doctor.options.lockTimeout, tell: tell)
      for repair in finding.repairs {
        algorithms.append(try wait.run(for: repair.step?.tableName ?? "the tables") { try run(repair) })
      }
      report.mended.append(.init(finding: finding, algorithms: algorithms))
    } catch {
      // The next findings are still worth a try, on a connection that lives.
      if error is CancellationError { throw error }
      if let error = error as? MariaDBError, error.isConnectionLost { throw error }
      report.failed.append(.init(finding: finding, reason: "\(error)"))
    }
  }

  private func run(_ repair: Repair) throws -> AlterAlgorithm? {
    guard let step = repair.step, let table = report.diagnosis.found.tables[step.tableName] else {
      try handle.query(text: repair.statement)
      return nil
    }
    return try AlterTableStatement(
      step: step,
      schema: report.diagnosis.schema,
      table: table,
      copyLimit: doctor.options.copyLimit,
      refusal: { [options = doctor.options] in .copying($0, $1, options) }
    ).run(handle)
  }
}
