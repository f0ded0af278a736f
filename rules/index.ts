// The catalogue: the one list of rules. A rule that is not in it does not exist; the tests see to it that no file is forgotten.

import { coLocation } from './availability/co-location.js';
import { controlPlane } from './availability/control-plane.js';
import { dependencyCycle } from './availability/dependency-cycle.js';
import { faultPair } from './availability/fault-pair.js';
import { manualFailover } from './availability/manual-failover.js';
import { missingHealthCheck } from './availability/missing-health-check.js';
import { objective } from './availability/objective.js';
import { quorum } from './availability/quorum.js';
import { singleBackend } from './availability/single-backend.js';
import { spof } from './availability/spof.js';
import { writeSpof } from './availability/write-spof.js';
import { allAtOnce } from './maintenance/all-at-once.js';
import { maintenanceDowntime } from './maintenance/maintenance-downtime.js';
import { mixedSoftware } from './maintenance/mixed-software.js';
import { mixedTiers } from './maintenance/mixed-tiers.js';
import { notScalable } from './maintenance/not-scalable.js';
import { overload } from './maintenance/overload.js';
import { overloadWhenDegraded } from './maintenance/overload-when-degraded.js';
import { sessionOnInstance } from './maintenance/session-on-instance.js';
import { balancerBypass } from './exposure/balancer-bypass.js';
import { blockedConnection } from './exposure/blocked-connection.js';
import { exposedAdmin } from './exposure/exposed-admin.js';
import { exposedDataStore } from './exposure/exposed-data-store.js';
import { missingFirewall } from './exposure/missing-firewall.js';
import { openFirewall } from './exposure/open-firewall.js';
import { tierSkipped } from './exposure/tier-skipped.js';
import { certificateExpired } from './encryption/certificate-expired.js';
import { certificateName } from './encryption/certificate-name.js';
import { cleartext } from './encryption/cleartext.js';
import { missingCertificate } from './encryption/missing-certificate.js';
import { missingHttps } from './encryption/missing-https.js';
import { missingRedirect } from './encryption/missing-redirect.js';
import { tlsTerminatedEarly } from './encryption/tls-terminated-early.js';
import { weakTls } from './encryption/weak-tls.js';
import { aliasTarget } from './names/alias-target.js';
import { cnameAtApex } from './names/cname-at-apex.js';
import { cnameConflict } from './names/cname-conflict.js';
import { cnameLoop } from './names/cname-loop.js';
import { cnameToAddress } from './names/cname-to-address.js';
import { danglingRecord } from './names/dangling-record.js';
import { duplicateAddress } from './names/duplicate-address.js';
import { duplicateRecord } from './names/duplicate-record.js';
import { invalidName } from './names/invalid-name.js';
import { singleNameserver } from './names/single-nameserver.js';
import { slowFailover } from './names/slow-failover.js';
import { unroutableAddress } from './names/unroutable-address.js';
import { wrongHost } from './names/wrong-host.js';
import { backupSharesPlace } from './eyes/backup-shares-place.js';
import { missingBackup } from './eyes/missing-backup.js';
import { missingMonitoring } from './eyes/missing-monitoring.js';
import { missingReplication } from './eyes/missing-replication.js';
import { monitorSharesFate } from './eyes/monitor-shares-fate.js';
import { twoPrimaries } from './eyes/two-primaries.js';
import { unreplicated } from './eyes/unreplicated.js';
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
  missingHealthCheck,
  objective,
  quorum,
  singleBackend,
  spof,
  writeSpof,
  allAtOnce,
  maintenanceDowntime,
  mixedSoftware,
  mixedTiers,
  notScalable,
  overload,
  overloadWhenDegraded,
  sessionOnInstance,
  balancerBypass,
  blockedConnection,
  exposedAdmin,
  exposedDataStore,
  missingFirewall,
  openFirewall,
  tierSkipped,
  certificateExpired,
  certificateName,
  cleartext,
  missingCertificate,
  missingHttps,
  missingRedirect,
  tlsTerminatedEarly,
  weakTls,
  aliasTarget,
  cnameAtApex,
  cnameConflict,
  cnameLoop,
  cnameToAddress,
  danglingRecord,
  duplicateAddress,
  duplicateRecord,
  invalidName,
  singleNameserver,
  slowFailover,
  unroutableAddress,
  wrongHost,
  backupSharesPlace,
  missingBackup,
  missingMonitoring,
  missingReplication,
  monitorSharesFate,
  twoPrimaries,
  unreplicated,
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
