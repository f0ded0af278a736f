// The services by which machines are administered: whoever gets in there owns the machine.

export interface AdminService {
  readonly port: number;
  readonly name: string;
}

export const adminServices: readonly AdminService[] = [
  { port: 22, name: 'ssh' },
  { port: 23, name: 'telnet' },
  { port: 623, name: 'IPMI' },
  { port: 2375, name: 'docker' },
  { port: 2376, name: 'docker' },
  { port: 2377, name: 'docker swarm' },
  { port: 2379, name: 'etcd' },
  { port: 2380, name: 'etcd' },
  { port: 3389, name: 'rdp' },
  { port: 5900, name: 'VNC' },
  { port: 5985, name: 'WinRM' },
  { port: 5986, name: 'WinRM' },
  { port: 10250, name: 'kubelet' },
  { port: 10255, name: 'kubelet' },
];
