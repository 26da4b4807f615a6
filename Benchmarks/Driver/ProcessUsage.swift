#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import Glibc

/// What this process has used.
enum ProcessUsage {
  /// Seconds of processor time, its own and the kernel's for it.
  static var processorSeconds: Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return [usage.ru_utime, usage.ru_stime].reduce(0) {
      $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1_000_000
    }
  }

  /// Memory in MiB that is resident now.
  static var residentMegabytes: Double { status("VmRSS") }

  /// The most memory in MiB that was resident since ``forgetPeak()``.
  static var peakMegabytes: Double { status("VmHWM") }

  /// Begins to look for the peak anew.
  static func forgetPeak() throws {
    try "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
  }

  /// The system's monotonic clock, which all processes share, in nanoseconds.
  static var monotonicNanoseconds: Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }

  private static func status(_ name: String) -> Double {
    guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix(name + ":") }),
      let kibibytes = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap({
        Double($0)
      })
    else { return 0 }
    return kibibytes / 1024
  }
}
