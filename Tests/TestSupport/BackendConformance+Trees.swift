import CeleryResults
import Testing

extension BackendConformance {
  static let treeChecks: [Check] = [
    Check("iterdeps walks the children as Celery does, the nearer first") { makeBackend in
      let backend = try await makeBackend(quick)
      let tree = Tree()
      try await tree.store(in: backend)
      var walked: [String] = []
      for try await (parent, node) in AsyncResult(tree.root, as: Int.self, backend: backend).iterdeps() {
        walked.append("\(parent.map { tree.name(of: $0.id) } ?? "")>\(tree.name(of: node.id))")
      }
      // What iterdeps of celery 5.6.3 gives for these results.
      #expect(walked == [">root", "root>a", "root>g", "a>c", "g>x", "g>y", "x>z"])
    },
    Check("collect waits for every result of the tree") { makeBackend in
      let backend = try await makeBackend(quick)
      let tree = Tree()
      let root = AsyncResult(tree.root, as: String.self, backend: backend)
      async let collected = Array(root.collect(timeout: .seconds(3_600)))
      try await tree.store(in: backend)
      let values = try await collected
      #expect(values.map { tree.name(of: $0.node.id) } == ["root", "a", "g", "c", "x", "y", "z"])
      let group: PythonValue = ["of x", "of y"]
      #expect(values.map(\.value) == ["of root", "of a", group, "of c", "of x", "of y", "of z"])
    },
    Check("a tree ends at a result that is not ready, unless intermediate ones are asked for") {
      makeBackend in
      let backend = try await makeBackend(quick)
      let tree = Tree()
      try await tree.store(in: backend)
      try await backend.forget(tree.id("a"))
      let root = AsyncResult(tree.root, as: Int.self, backend: backend)
      var walked: [String] = []
      let error = await #expect(throws: ResultError.self) {
        for try await (_, node) in root.iterdeps() { walked.append(tree.name(of: node.id)) }
      }
      #expect(error?.code == .incompleteStream)
      #expect(error?.taskID == tree.id("a"))
      #expect(walked == ["root", "a"])
      walked = []
      for try await (_, node) in root.iterdeps(intermediate: true) { walked.append(tree.name(of: node.id)) }
      #expect(walked == ["root", "a", "g", "x", "y", "z"])
    },
    Check("a task that is one of its own children is walked once") { makeBackend in
      let backend = try await makeBackend(quick)
      let id = TaskID.random()
      try await backend.markAsDone(id, result: 1, request: TaskRequest(children: [.init(id)]))
      var count = 0
      for try await _ in AsyncResult(id, as: Int.self, backend: backend).iterdeps() { count += 1 }
      #expect(count == 1)
    },
  ]

  /// A task that sent a task and a group, and what these have sent.
  private struct Tree: Sendable {
    private let ids: [String: TaskID]

    init() {
      let names = ["root", "a", "g", "c", "x", "y", "z"]
      ids = Dictionary(uniqueKeysWithValues: names.map { ($0, TaskID("\($0)-\(TaskID.random())")) })
    }

    var root: TaskID { id("root") }

    func id(_ name: String) -> TaskID { ids[name] ?? TaskID(name) }

    func name(of id: TaskID) -> String { ids.first { $0.value == id }?.key ?? id.rawValue }

    func store(in backend: some ResultBackend) async throws {
      let group = ResultReference(id("g"), children: [.init(id("x")), .init(id("y"))])
      let children: [String: [ResultReference]] = [
        "root": [.init(id("a")), group], "a": [.init(id("c"))], "x": [.init(id("z"))],
      ]
      for name in ["z", "y", "x", "c", "a", "root"] {
        let request = TaskRequest(children: children[name] ?? [])
        try await backend.markAsDone(id(name), result: "of \(name)", request: request)
      }
    }
  }
}

extension Array {
  /// All elements of a sequence.
  fileprivate init(_ sequence: some AsyncSequence<Element, any Error>) async throws {
    self = []
    for try await element in sequence { append(element) }
  }
}
