import CeleryResults
import ResultSchema
import SchemaMigrations

/// What `doctor` says.
struct DoctorOutput: Reportable {
  private let diagnosis: Diagnosis
  /// What `--fix` did; nil without it.
  private let report: DoctorReport?
  /// What a command must say to reach the same server.
  private let words: [String]

  init(diagnosis: Diagnosis, words: [String]) {
    self.diagnosis = diagnosis
    report = nil
    self.words = words
  }

  init(report: DoctorReport, words: [String]) {
    diagnosis = report.diagnosis
    self.report = report
    self.words = words
  }

  var lines: [String] {
    var lines: [String] = []
    for mended in report?.mended ?? [] {
      lines.append("mended: \(mended.finding.place): \(mended.finding.description)")
      lines += zip(mended.finding.statements, mended.algorithms).flatMap { statement, algorithm in
        Self.indented(statement + ";" + (algorithm.map { "  -- \($0)" } ?? ""))
      }
    }
    for failed in report?.failed ?? [] {
      lines.append("not mended: \(failed.finding.place): \(failed.finding.description)")
      lines += Self.indented(failed.reason)
    }
    for finding in diagnosis.faults + diagnosis.remarks { lines += block(finding) }
    lines.append(
      "\(Self.count(diagnosis.faults.count, "fault")), \(Self.count(diagnosis.remarks.count, "remark"))"
    )
    return lines
  }

  var json: PythonValue {
    [
      "level": .text("\(diagnosis.found.level)"),
      "faults": .number(diagnosis.faults.count),
      "remarks": .number(diagnosis.remarks.count),
      "findings": .array((diagnosis.faults + diagnosis.remarks).map(json)),
      "mended": .array(report?.mended.map { json($0.finding) } ?? []),
      "failed": .array(
        report?.failed.map { failed in
          [
            "kind": .text("\(failed.finding.kind)"),
            "place": .text(failed.finding.place),
            "reason": .text(failed.reason),
          ]
        } ?? []
      ),
    ]
  }

  private func block(_ finding: Finding) -> [String] {
    var lines = ["\(finding.isRemark ? "remark" : "fault"): \(finding.place): \(finding.description)"]
    lines += Self.indented(finding.reason)
    if let command = command(finding) { lines += Self.indented(command) }
    lines += finding.statements.flatMap { Self.indented($0 + ";") }
    return lines
  }

  private func json(_ finding: Finding) -> PythonValue {
    [
      "kind": .text("\(finding.kind)"),
      "severity": .text(finding.isRemark ? "remark" : "fault"),
      "place": .text(finding.place),
      "what": .text(finding.description),
      "why": .text(finding.reason),
      "sql": .texts(finding.statements),
      "command": .text(command(finding)),
      "safe": finding.isSafe ? true : false,
    ]
  }

  private func command(_ finding: Finding) -> String? {
    finding.command.map { ([$0] + words).joined(separator: " ") }
  }

  private static func indented(_ text: String) -> [String] {
    text.split(separator: "\n").map { "  \($0)" }
  }

  private static func count(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
