/// A result, what its task has sent, what those have sent, and so on: first the nearer, then the farther.
///
/// Source: `AsyncResult.iterdeps`.
public struct ResultTree: AsyncSequence, Sendable {
  /// A result, and the one whose task or group it belongs to; nil for the root.
  public typealias Element = (parent: ResultNode?, node: ResultNode)

  let root: ResultNode
  let intermediate: Bool

  /// Begins at the root.
  public func makeAsyncIterator() -> Iterator {
    Iterator(self)
  }

  /// Walks from one result to the next.
  public struct Iterator: AsyncIteratorProtocol {
    private let intermediate: Bool
    private var queue: [Element]
    private var position = 0
    // A task that was tried again is one of its own children.
    private var seen: Set<TaskID>

    init(_ tree: ResultTree) {
      intermediate = tree.intermediate
      queue = [(parent: nil, node: tree.root)]
      seen = [tree.root.id]
    }

    /// The next result; nil at the end of the tree.
    ///
    /// The children of the result before are asked for only now: there is time to wait for it in between.
    ///
    /// - Throws: `ResultError` with code `incompleteStream` when the result before is not ready, unless
    ///   intermediate trees were asked for; the backend's own error.
    public mutating func next() async throws -> Element? {
      if position > 0 { try await addChildren(of: queue[position - 1].node) }
      guard position < queue.count else { return nil }
      position += 1
      return queue[position - 1]
    }

    private mutating func addChildren(of node: ResultNode) async throws {
      if let children = try await node.childrenWhenReady() {
        for child in children where seen.insert(child.id).inserted {
          queue.append((parent: node, node: child))
        }
      } else if !intermediate {
        throw ResultError(
          .incompleteStream,
          taskID: node.id,
          message: "it is not ready, so what it will send is not known."
        )
      }
    }
  }
}

extension AsyncResult {
  /// The result itself and all that its task has sent, the nearer first: Celery's `iterdeps`.
  ///
  /// - Parameter intermediate: Whether a result that is not ready is passed over; otherwise it ends the loop
  ///   with a `ResultError` of the code `incompleteStream`, after it was given.
  public func iterdeps(intermediate: Bool = false) -> ResultTree {
    let reference = ResultReference(id, parent: parentReference)
    return ResultTree(root: ResultNode(reference, backend: backend), intermediate: intermediate)
  }

  /// Waits for the result and for all that its task has sent, the nearer first: Celery's `collect`.
  ///
  /// The value of a group is the list of what its members have returned.
  ///
  /// - Parameters:
  ///   - intermediate: As for `iterdeps`.
  ///   - timeout: How long to wait for each result; nil waits for ever.
  /// - Returns: Each result with its value. The loop throws what `get` and `iterdeps` throw.
  public func collect(
    intermediate: Bool = false,
    timeout: Duration? = nil
  ) -> some AsyncSequence<(node: ResultNode, value: PythonValue), any Error> & Sendable {
    iterdeps(intermediate: intermediate).map { element in
      (node: element.node, value: try await element.node.get(timeout: timeout))
    }
  }
}
