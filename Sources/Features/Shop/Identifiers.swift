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

/// Something unusual about an order that was placed for somebody.
package enum DriftAlarmKind {}
package typealias DriftAlarmID = Identifier<DriftAlarmKind>

/// One walk of a carrier from the pickup point from door to door.
package enum RoundKind {}
package typealias RoundID = Identifier<RoundKind>

/// One door of a round.
package enum RoundStopKind {}
package typealias RoundStopID = Identifier<RoundStopKind>

/// What a carrier reports of one stop.
package enum StopOutcomeKind {}
package typealias StopOutcomeID = Identifier<StopOutcomeKind>

/// How a carrier found somebody who asked to be looked after.
package enum WellbeingTapKind {}
package typealias WellbeingTapID = Identifier<WellbeingTapKind>

/// Somebody who should be looked after now, and who was asked to.
package enum WellbeingConcernKind {}
package typealias WellbeingConcernID = Identifier<WellbeingConcernKind>

/// Something that a merchant does for a household at an agreed time.
package enum OfferedServiceKind {}
package typealias ServiceID = Identifier<OfferedServiceKind>

/// Somebody who does services for a merchant.
package enum WorkerKind {}
package typealias WorkerID = Identifier<WorkerKind>

/// A time that a household has asked for, and everything that follows from it.
package enum BookingKind {}
package typealias BookingID = Identifier<BookingKind>

/// One printed version of a campaign's catalogue on paper.
package enum PaperCatalogueKind {}
package typealias PaperCatalogueID = Identifier<PaperCatalogueKind>

/// The order slip of one household in one version of a catalogue.
package enum PaperSlipKind {}
package typealias PaperSlipID = Identifier<PaperSlipKind>

/// Slips that were keyed without a network and sent together.
package enum SlipBatchKind {}
package typealias SlipBatchID = Identifier<SlipBatchKind>

/// One time that a line of a group-chat list was carried out.
package enum ChatLineKind {}
package typealias ChatLineID = Identifier<ChatLineKind>

/// What a leader made of a line that could not be read.
enum ChatCorrectionKind {}
typealias ChatCorrectionID = Identifier<ChatCorrectionKind>

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

/// What a household needs again and again.
package enum StandingOrderKind {}
package typealias StandingOrderID = Identifier<StandingOrderKind>

/// What became of a standing order in one campaign.
package enum StandingTurnKind {}
package typealias StandingTurnID = Identifier<StandingTurnKind>

/// A standing order that a helper wrote down and that waits for the person's word.
package enum StandingProposalKind {}
package typealias StandingProposalID = Identifier<StandingProposalKind>
