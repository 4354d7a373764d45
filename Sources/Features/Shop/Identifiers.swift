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

/// One time that a line of a group-chat list was carried out.
package enum ChatLineKind {}
package typealias ChatLineID = Identifier<ChatLineKind>

/// What a leader made of a line that could not be read.
enum ChatCorrectionKind {}
typealias ChatCorrectionID = Identifier<ChatCorrectionKind>
