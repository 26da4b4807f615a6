import CeleryResults
import Testing

@testable import CeleryResultsCLI

@Suite struct ExpiryRuleTests {
  @Test(
    arguments: [
      ("FAILURE=30d", "FAILURE", .after(.seconds(2_592_000))),
      ("proj.*=1h", "proj.*", .after(.seconds(3_600))),
      ("proj.invoice=never", "proj.invoice", .never), ("a=b=0", "a=b", .after(.zero)),
    ] as [(String, String, CleanupPolicy.Expiry)]
  )
  func `A rule is a name and a time`(text: String, name: String, expiry: CleanupPolicy.Expiry) {
    let rule = ExpiryRule(argument: text)
    #expect(rule?.name == name)
    #expect(rule?.expiry == expiry)
  }

  @Test(arguments: ["", "FAILURE", "=1d", "FAILURE=", "FAILURE=soon", "FAILURE=-1d", "FAILURE = 1d"])
  func `What has no name or no time is refused`(text: String) {
    #expect(ExpiryRule(argument: text) == nil)
  }
}
