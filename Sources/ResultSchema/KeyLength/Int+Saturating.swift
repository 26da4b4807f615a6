extension Int {
  /// The product, or the largest integer where the product is larger: a user may ask for any length.
  func saturatingProduct(_ factor: Int) -> Int {
    let (product, overflow) = multipliedReportingOverflow(by: factor)
    return overflow ? .max : product
  }
}
