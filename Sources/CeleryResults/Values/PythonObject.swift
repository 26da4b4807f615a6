public import OrderedCollections

/// A Python `dict` with string keys, in the order of insertion.
public typealias PythonObject = OrderedDictionary<PythonString, PythonValue>
