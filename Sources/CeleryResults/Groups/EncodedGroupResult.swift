#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// A saved group as a backend keeps it: the fields of django-celery-results' `GroupResult`, as text.
public struct EncodedGroupResult: Hashable, Sendable {
  /// The id of the group: `group_id`.
  public var id: TaskID
  /// What `result` is written in: `content_type`.
  public var contentType: ContentType
  /// How it is encoded: `content_encoding`.
  public var contentEncoding: ContentEncoding
  /// The group with its parent and its members, encoded: `result`.
  public var result: String?
  /// When the group was saved: `date_done`.
  public var dateDone: Date?
  /// When the group was first saved: `date_created`.
  ///
  /// A save keeps what is there.
  public var dateCreated: Date?

  /// Makes a group of which nothing but the id is known.
  public init(id: TaskID) {
    self.id = id
    self.contentType = .json
    self.contentEncoding = .utf8
  }
}
