import Testing

@testable import CeleryResults

struct LeastRecentlyUsedTests {
  @Test func `The value used least recently goes first`() {
    var values = LeastRecentlyUsed<String, Int>(capacity: 2)
    values.set(1, for: "a")
    values.set(2, for: "b")
    #expect(values.use("a") == 1)
    values.set(3, for: "c")
    #expect(values.peek("b") == nil)
    values.set(4, for: "a")
    values.set(5, for: "d")
    #expect(values.peek("c") == nil)
    #expect(values.peek("a") == 4)
    #expect(values.peek("d") == 5)
  }

  @Test func `A simple list of keys in their order says the same`() {
    var generator = SystemRandomNumberGenerator()
    var values = LeastRecentlyUsed<Int, Int>(capacity: 5)
    var order: [(key: Int, value: Int)] = []
    for step in 0..<5_000 {
      let key = Int.random(in: 0..<9, using: &generator)
      let known = order.firstIndex { $0.key == key }
      switch Int.random(in: 0..<4, using: &generator) {
      case 0:
        #expect(values.remove(key) == known.map { order.remove(at: $0).value })
      case 1:
        #expect(values.use(key) == known.map { order[$0].value })
        if let known { order.append(order.remove(at: known)) }
      default:
        if let known { order.remove(at: known) } else if order.count == 5 { order.removeFirst() }
        order.append((key, step))
        values.set(step, for: key)
      }
      #expect(values.count == order.count)
      #expect(Set(values.keys) == Set(order.map(\.key)))
    }
  }
}
