import Kernel

/// What can be done with a place.
enum PlaceRules {
  /// Who sees what: residents who signed in see more than everybody, and the station sees all.
  static func seen(isSignedIn: Bool, isStaff: Bool) -> Set<Place.Visibility> {
    if isStaff { return Set(Place.Visibility.allCases) }
    return isSignedIn ? [.everybody, .residents] : [.everybody]
  }

  /// Where a place lies, filled in from what is known: the plan from the earth and the earth from the plan. Where one of the
  /// two was changed the other follows. An outline that was taken from the plan stays, for no form can draw one.
  static func placed(_ terms: PlaceTerms, before: PlaceTerms?, centre: GeoPosition?) -> PlaceTerms {
    var placed = terms
    if let shape = before?.shape, shape.form != .point { placed.shape = shape }
    guard let projection = centre.map({ GeoProjection(centre: $0) }) else { return placed }
    if let before {
      let (isMoved, isRedrawn) = (
        placed.position != before.position, placed.shape != before.shape
      )
      if isMoved, !isRedrawn, placed.position != nil, placed.shape?.form == .point { placed.shape = nil }
      if isRedrawn, !isMoved, placed.shape != nil { placed.position = nil }
    }
    if placed.shape == nil, let position = placed.position {
      placed.shape = .point(projection.point(position))
    } else if placed.position == nil, let point = placed.shape?.centre {
      placed.position = projection.position(point)
    }
    return placed
  }

  /// Which place each outline of a new plan is already: the one that was made of an outline of the same name and kind on
  /// the plan before, of several the nearest. So nobody takes the same building twice.
  static func carried(from before: [KeptOutline], to plan: [PlanFile.Outline]) -> [PlaceID?] {
    func key(_ outline: PlanFile.Outline) -> String? {
      outline.name.map { "\(outline.proposedKind?.rawValue ?? "") \($0.chinese)" }
    }
    var places = [PlaceID?](repeating: nil, count: plan.count)
    let named = Dictionary(grouping: plan.indices) { key(plan[$0]) }
    for kept in before {
      guard let place = kept.place, let key = key(kept.outline) else { continue }
      func distance(_ index: Int) -> Double {
        guard let old = kept.outline.shape.centre, let new = plan[index].shape.centre else {
          return .infinity
        }
        return old.metres(to: new)
      }
      let free = (named[key] ?? []).filter { places[$0] == nil }
      if let nearest = free.min(by: { distance($0) < distance($1) }) { places[nearest] = place }
    }
    return places
  }

  /// Where a map is drawn, numbers go from west to east and places that are not drawn come last.
  static func numbered(_ places: [Place]) -> [(number: Int, place: Place)] {
    let drawn = places.sorted { left, right in
      switch (left.terms.shape?.centre, right.terms.shape?.centre) {
      case (let left?, let right?) where left != right: (left.x, left.y) < (right.x, right.y)
      case (.some, nil): true
      case (nil, .some): false
      default: left.id < right.id
      }
    }
    return drawn.enumerated().map { ($0.offset + 1, $0.element) }
  }
}

extension Problem {
  static let placeStale = Problem(
    "resources.place_stale", status: 409,
    Phrase("刚才有人改过这个地点。", "Somebody has just changed this place."),
    advice: Phrase("请刷新页面，看一看再做。", "Please reload the page, look and do it again."))

  static let addressStale = Problem(
    "resources.address_stale", status: 409,
    Phrase("刚才有人改过这个地址。", "Somebody has just changed this address."),
    advice: Phrase("请刷新页面，看一看再做。", "Please reload the page, look and do it again."))

  static let placeClosed = Problem(
    "resources.place_closed", status: 409, Phrase("这个地点已经停用了。", "This place was closed."),
    advice: Phrase("要再用，请新建一个。", "To use it again, enter it anew."))

  static let placeTaken = Problem(
    "resources.place_taken", status: 409,
    Phrase("图上的这一处已经成了地点。", "This outline of the plan is a place already."),
    advice: Phrase("请在地点列表里找它。", "Please look for it in the list of places."))

  static let tooManyPlaces = Problem(
    "resources.too_many_places", status: 409,
    Phrase("地点已经太多了。", "There are too many places."),
    advice: Phrase("请先停用不再有的地点。", "Please close those that are gone first."))
}
