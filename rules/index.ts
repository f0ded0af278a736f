// The catalogue: the one list of rules. A rule that is not in it does not exist; the tests see to it that no file is forgotten.

import { coLocation } from './availability/co-location.js';
import { controlPlane } from './availability/control-plane.js';
import { dependencyCycle } from './availability/dependency-cycle.js';
import { faultPair } from './availability/fault-pair.js';
import { manualFailover } from './availability/manual-failover.js';
import { objective } from './availability/objective.js';
import { quorum } from './availability/quorum.js';
import { singleBackend } from './availability/single-backend.js';
import { spof } from './availability/spof.js';
import { writeSpof } from './availability/write-spof.js';
import { allAtOnce } from './maintenance/all-at-once.js';
import { maintenanceDowntime } from './maintenance/maintenance-downtime.js';
import { mixedTiers } from './maintenance/mixed-tiers.js';
import { notScalable } from './maintenance/not-scalable.js';
import { overload } from './maintenance/overload.js';
import { overloadWhenDegraded } from './maintenance/overload-when-degraded.js';
import { missingFirewall } from './exposure/missing-firewall.js';
import { missingHttps } from './encryption/missing-https.js';
import { tlsTerminatedEarly } from './encryption/tls-terminated-early.js';
import { cnameToAddress } from './names/cname-to-address.js';
import { danglingRecord } from './names/dangling-record.js';
import { unroutableAddress } from './names/unroutable-address.js';
import { missingMonitoring } from './eyes/missing-monitoring.js';
import { ambiguousListener } from './description/ambiguous-listener.js';
import { ambiguousName } from './description/ambiguous-name.js';
import { badImport } from './description/bad-import.js';
import { badTemplate } from './description/bad-template.js';
import { contradiction } from './description/contradiction.js';
import { duplicateName } from './description/duplicate-name.js';
import { expiredAccept } from './description/expired-accept.js';
import { noJourney } from './description/no-journey.js';
import { portClosed } from './description/port-closed.js';
import { portConflict } from './description/port-conflict.js';
import { syntax } from './description/syntax.js';
import { tierCallsItself } from './description/tier-calls-itself.js';
import { tooLarge } from './description/too-large.js';
import { unknownKind } from './description/unknown-kind.js';
import { unknownName } from './description/unknown-name.js';
import { unknownProperty } from './description/unknown-property.js';
import { unknownProtocol } from './description/unknown-protocol.js';
import { unused } from './description/unused.js';
import { uselessAccept } from './description/useless-accept.js';
import { wrongValue } from './description/wrong-value.js';
import type { Rule } from './rule.js';

/** By category, in the order in which the documents list them. */
export const catalogue: readonly Rule[] = [
  coLocation,
  controlPlane,
  dependencyCycle,
  faultPair,
  manualFailover,
  objective,
  quorum,
  singleBackend,
  spof,
  writeSpof,
  allAtOnce,
  maintenanceDowntime,
  mixedTiers,
  notScalable,
  overload,
  overloadWhenDegraded,
  missingFirewall,
  missingHttps,
  tlsTerminatedEarly,
  cnameToAddress,
  danglingRecord,
  unroutableAddress,
  missingMonitoring,
  ambiguousListener,
  ambiguousName,
  badImport,
  badTemplate,
  contradiction,
  duplicateName,
  expiredAccept,
  noJourney,
  portClosed,
  portConflict,
  syntax,
  tierCallsItself,
  tooLarge,
  unknownKind,
  unknownName,
  unknownProperty,
  unknownProtocol,
  unused,
  uselessAccept,
  wrongValue,
];
