/// A Python object of a class that has no value here: it is named and nothing of it was executed.
public struct PythonOpaque: Hashable, Sendable, CustomStringConvertible {
  /// The module of the class, such as `shop.models`.
  public var module: String
  /// The name of the class, qualified within its module.
  public var name: String
  /// What the object would be made with; nil for the class itself, or when it is not known.
  public var arguments: [PythonValue]?

  /// Makes an opaque value.
  public init(module: String, name: String, arguments: [PythonValue]? = nil) {
    self.module = module
    self.name = name
    self.arguments = arguments
  }

  /// The class with its module, `builtins` left out.
  ///
  /// The arguments are result data and not shown.
  public var description: String {
    module.isEmpty || module == "builtins" ? name : "\(module).\(name)"
  }
}
