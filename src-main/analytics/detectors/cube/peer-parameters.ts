// What peer may be told, and what it does unless told.

export interface PeerParameters {
  /** Days before the judged day whose actor-days say what is usual. */
  readonly windowDays: number;
  /** Listed from this surprise against the group. */
  readonly threshold: number;
  readonly minimumCount: number;
  /** Members the group must have in the window, the judged actor among them. */
  readonly minimumMembers: number;
  /** Active days of the other members. */
  readonly minimumActorDays: number;
  /** This part of the others' active days, the highest ones, is left out: an outlier must not hide the next one. */
  readonly leftOutShare: number;
  /** The fitted size is kept between these: never so overdispersed that nothing stands out, never sharper than life. */
  readonly sizeFloor: number;
  readonly sizeCeiling: number;
  /** It must surprise against the actor's own active days too; 0 asks for the group alone. */
  readonly ownSurprise: number;
  /** Actor-days of the group that the actor's own mean starts from. */
  readonly ownPriorDays: number;
}

export const peerParameters: PeerParameters = {
  windowDays: 28,
  threshold: 4,
  minimumCount: 3,
  minimumMembers: 5,
  minimumActorDays: 20,
  leftOutShare: 0.01,
  sizeFloor: 0.05,
  sizeCeiling: 50,
  ownSurprise: 2,
  ownPriorDays: 4,
};
