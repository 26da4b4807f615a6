import CeleryResults
import Testing

@Suite
struct ResultSerializerTests {
  private func backend(_ serializer: ResultSerializer, accepting: Set<ContentType>) -> InMemoryBackend {
    InMemoryBackend(
      configuration: ResultBackendConfiguration(
        resultExtended: true,
        resultSerializer: serializer,
        acceptContent: accepting
      )
    )
  }

  @Test(arguments: ResultSerializer.all)
  func `a result is written and read with each serialiser`(serializer: ResultSerializer) async throws {
    let backend = backend(serializer, accepting: [serializer.contentType])
    let request = TaskRequest(name: "add", args: [1, "🎉"], children: ["child"])
    let value: PythonValue = ["n": nil, "t": ["🎉", 1.5, .bytes([97])]]
    try await backend.markAsDone("id", result: value, request: request)
    let meta = try await backend.taskMeta(for: "id")
    #expect(meta.contentType == serializer.contentType)
    #expect(meta.contentEncoding == serializer.contentEncoding)
    #expect(try meta.result == value)
    #expect(try meta.children == ["child"])
    #expect(meta.args == "(1, '🎉')")
  }

  @Test(arguments: ResultSerializer.all)
  func `an exception comes back with class, arguments and module`(serializer: ResultSerializer) async throws {
    let backend = backend(serializer, accepting: [serializer.contentType])
    for exception in [
      RemoteException(type: "ValueError", arguments: ["bad", 1]),
      RemoteException(type: "CardRefused", module: "shop", arguments: ["no such card"]),
    ] {
      try await backend.markAsFailure("id", exception: exception)
      let meta = try await backend.taskMeta(for: "id")
      #expect(try meta.exception == exception)
      #expect(meta.failure?.code == .taskFailed)
    }
  }

  @Test
  func `pickle holds Python's own exceptions as such`() async throws {
    let backend = backend(.pickle, accepting: [.pickle])
    try await backend.markAsFailure("id", exception: RemoteException(type: "ValueError", arguments: ["bad"]))
    let result = try await backend.taskMeta(for: "id").result
    #expect(result == .exception(RemoteException(type: "ValueError", arguments: ["bad"])))
  }

  @Test(arguments: [ResultSerializer.pickle, .yaml, .msgpack])
  func `what acceptContent does not name is refused`(serializer: ResultSerializer) async throws {
    // As in Celery, writing with a serialiser does not allow to read it.
    let backend = backend(serializer, accepting: [.json])
    try await backend.markAsDone("id", result: 1)
    let meta = try await backend.taskMeta(for: "id")
    #expect(meta.state == .success)
    let error = #expect(throws: ResultError.self) { try meta.result }
    #expect(error?.code == .contentDisallowed)
    #expect(error?.description.contains("acceptContent") == true)
  }

  @Test
  func `what a serialiser has no form for is refused, but in an exception it is its repr`() async throws {
    let set = PythonValue.set(PythonSet([1]))
    let backend = backend(.json, accepting: [.json])
    let error = await #expect(throws: ResultError.self) { try await backend.markAsDone("id", result: set) }
    #expect(error?.code == .encodingFailed)
    #expect(error?.description.contains("set") == true)
    try await backend.markAsFailure("id", exception: RemoteException(type: "ValueError", arguments: [set]))
    #expect(try await backend.taskMeta(for: "id").exception?.arguments == ["{1}"])
  }

  @Test
  func `JSON makes lists of tuples and text of keys, as kombu does`() throws {
    #expect(try PythonJSON.encode(.tuple([1, .tuple([])])) == "[1, []]")
    let members: [(PythonValue, PythonValue)] = [(1, 2), (nil, 3), (true, 4), (1.5, 5)]
    #expect(
      try PythonJSON.encode(.dictionary(PythonDictionary(members)))
        == #"{"1": 2, "null": 3, "true": 4, "1.5": 5}"#
    )
    let error = #expect(throws: PythonJSONError.self) {
      try PythonJSON.encode(.dictionary(PythonDictionary([(.tuple([1]), 2)])))
    }
    #expect(error?.code == .unsupportedValue)
  }

  @Test
  func `a serialiser is found by its name and its content type`() {
    #expect(ResultSerializer("pickle") == .pickle)
    #expect(ResultSerializer(ContentType.msgpack) == .msgpack)
    #expect(ResultSerializer("rot13") == nil)
  }
}
