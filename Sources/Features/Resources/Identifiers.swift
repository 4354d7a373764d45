package import Kernel

/// A group, office, chamber, association or enterprise of the support network.
package enum OrganisationKind {}
package typealias OrganisationID = Identifier<OrganisationKind>

/// What an organisation said that it would give.
enum PromiseKind {}
typealias PromiseID = Identifier<PromiseKind>

/// What an organisation does for people, as directories list it.
enum DirectoryServiceKind {}
typealias DirectoryServiceID = Identifier<DirectoryServiceKind>

/// A building, storeroom, shop, pickup point, yard or room of the neighbourhood.
package enum PlaceKind {}
package typealias PlaceID = Identifier<PlaceKind>

/// An entry of the asset map.
package enum AssetKind {}
package typealias AssetID = Identifier<AssetKind>

/// An offer or a need that somebody posted.
package enum PostingKind {}
package typealias PostingID = Identifier<PostingKind>

/// A need and what may meet it.
package enum MatchKind {}
package typealias MatchID = Identifier<MatchKind>

/// A time for which somebody has a place.
package enum PlaceBookingKind {}
package typealias PlaceBookingID = Identifier<PlaceBookingKind>

/// A trip of a van that several share.
package enum VanTripKind {}
package typealias VanTripID = Identifier<VanTripKind>

/// What somebody reported of a scam or of false advertising.
package enum ScamReportKind {}
package typealias ScamReportID = Identifier<ScamReportKind>

/// A warning that the station made of reports.
package enum AlertCardKind {}
package typealias AlertCardID = Identifier<AlertCardKind>
