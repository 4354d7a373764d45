package import Kernel

package enum ProductKind {}
package typealias ProductID = Identifier<ProductKind>

/// One way a product is sold: a size, a pack.
package enum VariantKind {}
package typealias VariantID = Identifier<VariantKind>

package enum PictureKind {}
package typealias PictureID = Identifier<PictureKind>

/// What a household found of one line that it collected.
package enum ReviewKind {}
package typealias ReviewID = Identifier<ReviewKind>

package enum PickupPointKind {}
package typealias PickupPointID = Identifier<PickupPointKind>

/// A variant as one campaign offers it: with that campaign's price, stock and limits.
package enum CampaignItemKind {}
package typealias CampaignItemID = Identifier<CampaignItemKind>

package enum PickupKind {}
package typealias PickupID = Identifier<PickupKind>

/// One time that a line's goods were on the scale, or that its household agreed to what they weighed.
package enum WeighingKind {}
package typealias WeighingID = Identifier<WeighingKind>

/// What a household reports of goods it collected, and everything that follows from it.
package enum ClaimKind {}
package typealias ClaimID = Identifier<ClaimKind>

/// One thing that happened in a claim.
package enum ClaimStepKind {}
package typealias ClaimStepID = Identifier<ClaimStepKind>

/// What a helper is to order for somebody, waiting for that person's word.
package enum AssistedOrderKind {}
package typealias AssistedOrderID = Identifier<AssistedOrderKind>

/// A neighbour's leave to fetch what a household ordered.
package enum PickupProxyKind {}
package typealias PickupProxyID = Identifier<PickupProxyKind>

/// A photo of the shelf on which bags stand.
package enum ShelfPhotoKind {}
package typealias ShelfPhotoID = Identifier<ShelfPhotoKind>

/// A household's word that its bag is not there, and all that follows from it.
package enum LossReportKind {}
package typealias LossReportID = Identifier<LossReportKind>

/// Something that was changed at a pickup point so that fewer bags go astray.
package enum PickupFixKind {}
package typealias PickupFixID = Identifier<PickupFixKind>
